import { launchProduct } from './launching'
import { DATA, PEOPLE, signInDemo, stateFile } from './people'

/** Starts the whole product on fresh data, as `npm start` does, and signs the demo people in. */
export default async function startProduct() {
  const launched = process.env.E2E_URL ? null : await launchProduct(DATA)
  if (launched) process.env.E2E_URL = launched.url
  const baseURL = process.env.E2E_URL ?? ''
  for (const person of PEOPLE) {
    const api = await signInDemo(baseURL, person)
    await api.storageState({ path: stateFile(person) })
    await api.dispose()
  }
  return async () => {
    await launched?.stop()
  }
}
