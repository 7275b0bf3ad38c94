'use client'
import { ChartNoAxesColumn, ListChecks, type LucideIcon, PencilRuler, UserCog } from 'lucide-react'
import { useId } from 'react'
import { showError } from '@/components/ui/show-error'
import { useDemoSignIn } from '@/lib/users/sign-in/queries'
import type { DemoPerson } from '@/lib/users/sign-in/schema'

type Offer = { person: DemoPerson; label: string; does: string; icon: LucideIcon }

const OFFERS: readonly Offer[] = [
  {
    person: 'reviewer',
    label: 'Continue as reviewer',
    does: 'Labels cases, by keyboard',
    icon: ListChecks,
  },
  {
    person: 'engineer',
    label: 'Continue as prompt engineer',
    does: 'Turns corrections into better prompts',
    icon: PencilRuler,
  },
  {
    person: 'manager',
    label: 'Continue as manager',
    does: 'Watches accuracy, progress and cost',
    icon: ChartNoAxesColumn,
  },
  {
    person: 'admin',
    label: 'Continue as admin',
    does: 'Looks after people and projects',
    icon: UserCog,
  },
]

export function DemoPeople({ next }: { next: string }) {
  const signIn = useDemoSignIn()
  const id = useId()

  function continueAs(person: DemoPerson) {
    signIn.mutate(person, {
      // A full load: nothing of whoever was here before stays in memory.
      onSuccess: () => window.location.assign(next),
      onError: showError,
    })
  }

  return (
    <ul className="grid overflow-hidden rounded-xl border border-line bg-surface">
      {OFFERS.map(({ person, label, does, icon: Icon }) => (
        <li key={person} className="border-line border-b last:border-b-0">
          <button
            type="button"
            aria-label={label}
            aria-describedby={`${id}-${person}`}
            disabled={signIn.isPending || signIn.isSuccess}
            onClick={() => continueAs(person)}
            className="focus-visible:-outline-offset-2 flex w-full items-center gap-3.5 px-4 py-3 text-left transition-colors hover:bg-sunken disabled:opacity-60"
          >
            <Icon className="size-[18px] shrink-0 text-accent" aria-hidden />
            <span>
              <span className="block font-medium">{label}</span>
              <span id={`${id}-${person}`} className="block text-[13px] text-muted">
                {does}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
