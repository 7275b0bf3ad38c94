import { useEffect, useState } from 'react'

/** What has stood for a moment: nobody wants an answer to every key. The value must be plain data. */
export function useSettled<T>(value: T, delayMs = 250): T {
  const [settled, setSettled] = useState(value)
  const key = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(key)), delayMs)
    return () => clearTimeout(timer)
  }, [key, delayMs])
  return settled
}
