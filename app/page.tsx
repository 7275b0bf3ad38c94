export default function Home() {
  return <main>Closecall</main>
}
