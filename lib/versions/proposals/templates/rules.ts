import { type DraftedRule, isKnown, type RuleHome } from '../rules'
import { LONGEST_RULE } from '../schema'

/** Words that say nothing about a case. */
const EMPTY_WORDS = new Set(
  'about above after again also although always because been before being between both category classification could customer agent case does doing done each ever from good have having here however into itself just label like made make more most much must need never only other over right said same says should since some such than that their them then there these they this those though through under until very want wanted wants were what when where whether which while will with within without would wrong your'.split(
    ' ',
  ),
)
const WORDS = /\p{L}{4,}/gu
const TOLD = 3

const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(WORDS) ?? []).filter((word) => !EMPTY_WORDS.has(word)))

/**
 * Words that these notes say more often than the notes of other pairs, the most telling first: the
 * share of notes with the word, here minus there. Names of the categories themselves tell nothing.
 */
export function findTellingWords(
  notes: readonly string[],
  others: readonly string[],
  names: readonly string[],
): string[] {
  const shares = (texts: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const text of texts) {
      for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    return (word: string) => (counts.get(word) ?? 0) / Math.max(1, texts.length)
  }
  const [here, there] = [shares(notes), shares(others)]
  const named = new Set(names.flatMap((name) => [...wordsOf(name)]))
  return [...new Set(notes.flatMap((note) => [...wordsOf(note)]))]
    .filter((word) => !named.has(word))
    .map((word) => ({ word, telling: here(word) - there(word) }))
    .filter(({ telling }) => telling > 0)
    .sort((a, b) => b.telling - a.telling || a.word.localeCompare(b.word))
    .slice(0, TOLD)
    .map(({ word }) => word)
}

export type TemplateMaterial = {
  suggested: string
  right: string
  /** Notes of this pair's corrections, and of the others'. */
  notes: readonly string[]
  otherNotes: readonly string[]
  /** Sentences that people settled this very choice by, the newest first. */
  precedents: readonly string[]
}

/**
 * The first rule of a few patterns that is not there yet: a precedent as it stands, the words that the
 * notes have in common, the bare pair. Null where all of them were proposed before.
 */
export function draftFromTemplate(
  material: TemplateMaterial,
  home: RuleHome,
  former: readonly string[],
): DraftedRule | null {
  const { suggested, right, notes, otherNotes, precedents } = material
  const words = findTellingWords(notes, otherNotes, [suggested, right])
  const drafts: DraftedRule[] = [
    ...precedents.map((text) => ({ target: 'rules' as const, text: text.trim() })),
    ...(words.length > 0
      ? [
          {
            target: 'description' as const,
            text: `Not ${suggested}: a case that turns on ${listWords(words)} belongs here.`,
          },
        ]
      : []),
    {
      target: 'rules',
      text: `Where both ${suggested} and ${right} seem to fit, look at what was asked first and how the agent answered last: take ${suggested} only when both point to it.`,
    },
  ]
  return (
    drafts.find(
      (rule) =>
        rule.text !== '' && rule.text.length <= LONGEST_RULE && !isKnown(rule, home, former),
    ) ?? null
  )
}

function listWords(words: readonly string[]): string {
  const quoted = words.map((word) => `“${word}”`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}
