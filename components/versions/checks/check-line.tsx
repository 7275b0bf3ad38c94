'use client'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { blocks } from '@/lib/versions/checks/rules'
import type { Check, CheckFix } from '@/lib/versions/checks/schema'

type CheckLineProps = {
  check: Check
  onShow: (check: Check) => void
  onFix: (fix: CheckFix) => void
}

const FIX_NAMES: Record<CheckFix['do'], string> = {
  redact: 'Redact',
  switch_off: 'Switch off',
}

/** One finding: it leads to its place, and is mended here where one press can do it. */
export function CheckLine({ check, onShow, onFix }: CheckLineProps) {
  const { sentence, fix } = check
  return (
    <li className="flex items-start gap-2 rounded-lg px-1.5 py-1 hover:bg-sunken">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-start gap-2 rounded-md text-left text-[13px] focus-visible:-outline-offset-2"
        onClick={() => onShow(check)}
      >
        {blocks(check) ? (
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-label="To mend" />
        ) : (
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-label="To look at" />
        )}
        <span className="wrap-anywhere min-w-0">{sentence}</span>
      </button>
      {fix ? (
        <Button size="sm" onClick={() => onFix(fix)}>
          {FIX_NAMES[fix.do]}
        </Button>
      ) : null}
    </li>
  )
}
