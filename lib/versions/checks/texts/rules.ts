import { isNear, type Shingles, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import { findSensitive } from '@/lib/cases/redaction/rules'
import type { SensitiveKind } from '@/lib/cases/redaction/schema'
import { readExampleCase } from '../../examples/rules'
import type { Template } from '../../rendering/schema'
import { findOwnMark, findUnbalanced } from '../tags/rules'

/** All that is found in one text, each found once, when it is first asked for. */
export type TextFacts = {
  sensitive: () => SensitiveKind[]
  ownMark: (template: Template) => ReturnType<typeof findOwnMark>
  unbalanced: () => ReturnType<typeof findUnbalanced>
  isNear: (other: TextFacts) => boolean
  shingles: () => Shingles
}

/**
 * What has been found in texts, kept from one check of a draft to the next: of 200 examples one has
 * changed, and only that one is looked at again. `start` and `end` stand around one check; what
 * it did not ask for is forgotten.
 */
export function rememberTexts() {
  let known = new Map<string, TextFacts>()
  let used = new Map<string, TextFacts>()
  return {
    start: () => {
      used = new Map()
    },
    end: () => {
      known = used
    },
    of(text: string): TextFacts {
      const facts = used.get(text) ?? known.get(text) ?? lookAt(text)
      used.set(text, facts)
      return facts
    },
  }
}

/** A longer text can't be saved, which the editor says. Looking through it would hold typing up. */
const LONGEST = 60_000

const TOO_LONG: TextFacts = {
  sensitive: () => [],
  ownMark: () => null,
  unbalanced: () => null,
  isNear: () => false,
  shingles: () => new Map(),
}

function lookAt(text: string): TextFacts {
  if (text.length > LONGEST) return TOO_LONG
  const marks = new Map<Template, ReturnType<typeof findOwnMark>>()
  // Weak: what is forgotten here is forgotten there.
  const near = new WeakMap<TextFacts, boolean>()
  const shingles = once(() => shinglesOf(readExampleCase(text)))
  const facts: TextFacts = {
    sensitive: once(() => [...new Set(findSensitive(text).map(({ kind }) => kind))]),
    unbalanced: once(() => findUnbalanced(text)),
    ownMark(template) {
      const found = marks.get(template)
      if (found !== undefined) return found
      const mark = findOwnMark(text, template)
      marks.set(template, mark)
      return mark
    },
    shingles,
    isNear(other) {
      if (other === facts) return true
      const found = near.get(other)
      if (found !== undefined) return found
      const answer = other !== TOO_LONG && isNear(shingles(), other.shingles())
      near.set(other, answer)
      return answer
    },
  }
  return facts
}

function once<T>(find: () => T): () => T {
  let found: { value: T } | null = null
  return () => {
    found ??= { value: find() }
    return found.value
  }
}
