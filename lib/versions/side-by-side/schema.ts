import { z } from 'zod'
import { versionName, versionRef } from '../schema'
import { devRun, figure, interval, verdict } from '../trials/schema'

/** Many at once only find chance: see `bestOfEqual`. */
const MOST_CANDIDATES = 12

export const sideBySideInput = z.object({
  base: versionRef,
  /** Versions as they are named in addresses, with commas between. */
  of: z
    .string()
    .transform((text) => [...new Set(text.split(',').filter((ref) => ref !== ''))])
    .pipe(
      z
        .array(versionRef)
        .min(1, 'Choose versions to try side by side.')
        .max(MOST_CANDIDATES, `At most ${MOST_CANDIDATES} at a time.`),
    ),
})
export type SideBySideInput = z.output<typeof sideBySideInput>

/** A version alone. */
const side = versionName.extend({
  parent: versionName.nullable(),
  note: z.string(),
  /** Tokens of the part that all cases share. */
  promptTokens: z.number(),
  /** Its own run on dev for what it says now; null where there is none. */
  run: devRun.nullable(),
  accuracy: figure.nullable(),
})
export type Side = z.infer<typeof side>

const comparison = z.object({
  /** Labelled cases that both answered. */
  n: z.number(),
  /** Broken: only the baseline is right. Fixed: only this one. */
  onlyOld: z.number(),
  onlyNew: z.number(),
  gain: z.number(),
  interval,
  midP: z.number(),
  /** Corrected by Holm's rule for all that are compared here. */
  adjustedP: z.number(),
  verdict,
})

const candidate = side.extend({ comparison: comparison.nullable() })
export type Candidate = z.infer<typeof candidate>

const sideBySideView = z.object({
  base: side,
  candidates: z.array(candidate),
  devCases: z.number(),
  labelledDevCases: z.number(),
})
export type SideBySideView = z.infer<typeof sideBySideView>
