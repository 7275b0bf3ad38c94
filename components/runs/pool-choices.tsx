import { count } from '@/components/ui/figures'
import type { RunOptions } from '@/lib/runs/schema'
import { Choices } from './choices'

type OpenPool = 'example' | 'dev'

type PoolChoicesProps = {
  cases: RunOptions['cases']
  value: OpenPool
  onChange: (pool: OpenPool) => void
  /** What each is good for here. */
  hints: Record<OpenPool, string>
}

/** Which cases are labelled: dev first, for its figures are the ones that count. */
export function PoolChoices({ cases, value, onChange, hints }: PoolChoicesProps) {
  return (
    <Choices
      legend="Cases from"
      name="pool"
      value={value}
      onChange={onChange}
      choices={[
        { value: 'dev', label: `Dev pool, ${count(cases.dev)} cases`, hint: hints.dev },
        {
          value: 'example',
          label: `Example pool, ${count(cases.example)} cases`,
          hint: hints.example,
        },
      ]}
    />
  )
}
