// Loaded first into the processes that the launcher starts: when the launcher is killed, and can
// stop nobody any more, they end by themselves.
const parent = process.ppid

const watch = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(watch)
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000).unref()
}, 250)
watch.unref()
