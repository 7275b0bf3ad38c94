import type { ReviewSettings } from '@/lib/reviews/settings/schema'

export type NumberField = Exclude<keyof ReviewSettings, 'checkFeedback'>
type NumberEntry = { key: NumberField; label: string; hint: string }

/** The mix, in words of whoever sets it. */
export const SHARES: readonly NumberEntry[] = [
  {
    key: 'randomShare',
    label: 'In random order',
    hint: 'Cases in an order that nobody chose. They keep the figures honest: don’t go far below a third.',
  },
  {
    key: 'targetedShare',
    label: 'Picked on purpose',
    hint: 'Cases on which runs disagree, and cases of categories that are short of their target. Most corrections come from here.',
  },
  {
    key: 'secondShare',
    label: 'Second opinions',
    hint: 'Close calls and “wrong, unsure which”, shown to another person who does not know of it.',
  },
  {
    key: 'checkShare',
    label: 'Check cases',
    hint: 'Cases with a known answer, to see how well people answer. Reviewers are told how many there are, never which.',
  },
  {
    key: 'repeatShare',
    label: 'Repeats',
    hint: 'A case that the same person has answered before, to see whether they say the same again. Reviewers are not told which.',
  },
]

export const LIMITS: readonly NumberEntry[] = [
  {
    key: 'trainingCases',
    label: 'Check cases before real work',
    hint: 'New reviewers answer this many first, and see the known answer each time. 0: they start at once. Whoever has reviewed already needs none.',
  },
  {
    key: 'trainingPass',
    label: 'Of those right, in %',
    hint: 'Below it they go on with more check cases.',
  },
  {
    key: 'repeatAfterDays',
    label: 'Days before a case is repeated',
    hint: 'Long enough to have forgotten it.',
  },
  {
    key: 'pairCap',
    label: 'Picked cases of one confusion at a time',
    hint: 'So that two categories that are easily confused don’t fill the whole queue.',
  },
]
