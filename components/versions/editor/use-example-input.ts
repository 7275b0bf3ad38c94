import { useState } from 'react'
import { explainLength } from '@/lib/versions/limits/rules'
import type { ExampleInput } from './example-fields'

/** What someone says of an example, and why it can't be saved yet. */
export function useExampleInput(start: ExampleInput) {
  const [value, setValue] = useState(start)
  const [tried, setTried] = useState(false)
  const isEmpty = value.text.trim() === ''
  return {
    value,
    setValue,
    textError: tried && isEmpty ? 'An example needs text: what of the case decides.' : undefined,
    /** As it is saved; null where something is wrong, which then stands beside the field. */
    check(): ExampleInput | null {
      setTried(true)
      const isTooLong =
        explainLength('exampleText', value.text) ?? explainLength('explanation', value.explanation)
      return isEmpty || isTooLong ? null : { ...value, text: value.text.trim() }
    },
  }
}
