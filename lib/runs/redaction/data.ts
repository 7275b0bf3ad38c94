import { z } from 'zod'
import { type HiddenCase, hideInCase, type KnownCase } from '@/lib/cases/redaction/outgoing/rules'
import { type RedactionSetting, type Replacement, replacements } from '@/lib/cases/redaction/schema'
import { type CaseContent, caseContent } from '@/lib/cases/schema'
import { type Database, db } from '@/lib/platform/database'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import type { FindSimilar, FoundSimilar } from '../neighbours/data'

const metadata = z.record(z.string(), z.string())

type Row = { subject: string; messages: unknown; metadata: unknown }

/** A case as it was read, as it may leave for the model. */
export function hideRow(
  { metadata: known, ...content }: Row,
  setting: RedactionSetting,
): HiddenCase & { original: CaseContent } {
  const original = caseContent.parse(content)
  return {
    original,
    ...hideInCase({ content: original, metadata: metadata.parse(known) }, setting),
  }
}

/** Finds the same similar examples, each as it may leave for the model, with numbers of its own. */
export function hideSimilar(find: FindSimilar, setting: RedactionSetting): FindSimilar {
  if (!setting.on) return find
  return async (cases) => hideFound(await find(cases), setting)
}

/** Similar examples as they may leave for the model. */
export async function hideFound(
  found: readonly (readonly FoundSimilar[])[],
  setting: RedactionSetting,
): Promise<FoundSimilar[][]> {
  const known = setting.on ? await readMetadata(found.flat().map(({ caseId }) => caseId)) : null
  return found.map((similar) =>
    similar.map((one) => {
      const its = { content: one.content, metadata: known?.get(one.caseId) ?? {} }
      return { ...one, content: hideInCase(its, setting).content }
    }),
  )
}

/** What is known of the cases that examples come from, by the example's id; nothing where nothing is replaced. */
export async function readKnownOfExamples(
  { examples }: Pick<PromptContent, 'examples'>,
  setting: RedactionSetting,
  database: Database = db,
): Promise<ReadonlyMap<string, KnownCase>> {
  if (!setting.on || examples.length === 0) return new Map<string, KnownCase>()
  const rows = await database.example.findMany({
    where: { id: { in: examples.map(({ id }) => id) } },
    select: { id: true, case: { select: { subject: true, messages: true, metadata: true } } },
  })
  return new Map(rows.map(({ id, case: from }) => [id, readKnown(from)]))
}

/** A case as it was read, with what is known of it. */
export function readKnown({ metadata: known, ...content }: Row): KnownCase {
  return { content: caseContent.parse(content), metadata: metadata.parse(known) }
}

/** Metadata of cases, by id. */
export async function readMetadata(
  ids: readonly string[],
): Promise<ReadonlyMap<string, Record<string, string>>> {
  if (ids.length === 0) return new Map<string, Record<string, string>>()
  const cases = await db.case.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, metadata: true },
  })
  return new Map(cases.map((one) => [one.id, metadata.parse(one.metadata)]))
}

/** What placeholders stand for in the requests of these runs about a case, by run. */
export async function listReplaced(
  caseId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Replacement[]>> {
  const rows = await db.caseRedaction.findMany({
    where: { caseId, runId: { in: [...new Set(runIds)] } },
  })
  return new Map(rows.map(({ runId, replaced }) => [runId, replacements.parse(replaced)]))
}

/** What was replaced in these cases of a run, with how they read without; only those where something was. */
export async function listRestored(
  runId: string,
  caseIds: readonly string[],
): Promise<{ caseId: string; replaced: Replacement[]; original: CaseContent }[]> {
  const rows = await db.caseRedaction.findMany({
    where: { runId, caseId: { in: [...caseIds] } },
  })
  if (rows.length === 0) return []
  const cases = await db.case.findMany({
    where: { id: { in: rows.map(({ caseId }) => caseId) } },
    select: { id: true, subject: true, messages: true },
  })
  const contents = new Map(cases.map(({ id, ...content }) => [id, caseContent.parse(content)]))
  return rows.flatMap(({ caseId, replaced }) => {
    const original = contents.get(caseId)
    return original ? [{ caseId, replaced: replacements.parse(replaced), original }] : []
  })
}
