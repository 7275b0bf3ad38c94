import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { count, roughly } from '@/components/ui/figures'
import { costWords } from '@/components/ui/price-note'
import { countSetups } from '@/lib/runs/experiments/rules'
import type { ExperimentPlan } from '@/lib/runs/experiments/schema'

type StartDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  plan: ExperimentPlan
  repeats: number
  busy: boolean
  onStart: () => void
}

/** Money is spent only after one has read how much. */
export function StartDialog({ plan, repeats, busy, onStart, ...dialog }: StartDialogProps) {
  const { cells, cases, total, standIn } = plan
  const calls = count(cells.length * cases * repeats)
  const price =
    standIn && total.cost === 0
      ? 'The local stand-in answers: it costs nothing.'
      : total.cost === null
        ? 'A model among them has no known price: what it costs is not known beforehand.'
        : `That is about ${costWords(total.cost, total.priced)}.`
  return (
    <Dialog
      {...dialog}
      title={`Run ${countSetups(cells.length)}?`}
      description={`${calls} answers, ${roughly(total.durationMs)}. ${price} It can be stopped at any time, and gone on with later.`}
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Not yet
          </Button>
          <Button variant="primary" busy={busy} onClick={onStart}>
            Start experiment
          </Button>
        </>
      }
    />
  )
}
