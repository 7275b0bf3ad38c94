import { NOTHING_REPLACED, startHiding } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { readKnown } from '@/lib/runs/redaction/data'
import { findVersionByRef, getPromptContent, listVersionCategories } from '../data'
import { nameVersion } from '../rules'
import { packFiles } from './archives/rules'
import { toFiles } from './rules'
import type { ExampleLine, FileContent } from './schema'

export type PackedVersion = {
  fileName: string
  bytes: Uint8Array
  /** The cases whose labels the files show. */
  caseIds: string[]
}

/** A version may have thousands of examples. */
const READING_MS = 30_000

/** A version as a zip of readable files; `redaction`: what is replaced in its examples. Throws not-found. */
export async function packVersion(
  member: Member,
  ref: string,
  redaction: RedactionSetting = NOTHING_REPLACED,
): Promise<PackedVersion> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const { content, caseIds } = await readFileContent(projectId, version.id, redaction)
  return {
    fileName: `${member.projectSlug}-${nameVersion(version)}.zip`,
    bytes: packFiles(toFiles(content)),
    caseIds,
  }
}

/** All of it as it was at one moment, also while a draft is being saved. */
async function readFileContent(projectId: string, versionId: string, redaction: RedactionSetting) {
  const { note, prompt, described, keys, examples, newest } = await db.$transaction(
    (tx) => readParts(tx, projectId, versionId),
    { isolationLevel: 'RepeatableRead', timeout: READING_MS },
  )
  const keyOf = (id: string) => keys.get(id) ?? id
  const writeExample = (example: (typeof examples)[number]): ExampleLine => {
    const { externalId, revision, ...from } = example.case
    const texts = [example.text, example.explanation]
    const { hide } = startHiding(redaction, redaction.on ? [readKnown(from)] : [], texts)
    return {
      external_id: externalId,
      revision: newest.get(externalId) === revision ? undefined : revision,
      label: keyOf(example.labelId),
      wrong_label: example.wrongLabelId === null ? undefined : keyOf(example.wrongLabelId),
      text: hide(example.text),
      explanation: hide(example.explanation),
      enabled: example.enabled ? undefined : false,
      review: example.reviewId ?? undefined,
    }
  }
  const ofKind = (kind: string) => examples.filter((one) => one.kind === kind).map(writeExample)
  const content: FileContent = {
    note,
    persona: prompt.persona,
    rules: prompt.rules,
    categories: described,
    answerFormat: prompt.answerFormat,
    badExampleForm: prompt.badExampleForm,
    model: prompt.model,
    template: prompt.template,
    similarExamples: prompt.similarExamples,
    packSize: prompt.packSize,
    good: ofKind('good'),
    bad: ofKind('bad'),
  }
  return { content, caseIds: examples.map(({ caseId }) => caseId) }
}

async function readParts(tx: Tx, projectId: string, versionId: string) {
  const { note } = await tx.version.findUniqueOrThrow({
    where: { id: versionId },
    select: { note: true },
  })
  const prompt = await getPromptContent(projectId, versionId, tx)
  const described = await listVersionCategories(versionId, tx)
  const keys = await listKeys(tx, projectId)
  const examples = await tx.example.findMany({
    where: { versionId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    include: {
      case: {
        select: {
          ...{ externalId: true, revision: true },
          ...{ subject: true, messages: true, metadata: true },
        },
      },
    },
  })
  const newest = await findNewestRevisions(
    tx,
    projectId,
    examples.map((example) => example.case.externalId),
  )
  return { note, prompt, described, keys, examples, newest }
}

async function listKeys(tx: Tx, projectId: string): Promise<Map<string, string>> {
  const categories = await tx.category.findMany({
    where: { projectId },
    select: { id: true, key: true },
  })
  return new Map(categories.map(({ id, key }) => [id, key]))
}

async function findNewestRevisions(
  tx: Tx,
  projectId: string,
  externalIds: string[],
): Promise<Map<string, number | null>> {
  const newest = await tx.case.groupBy({
    by: ['externalId'],
    where: { projectId, externalId: { in: externalIds } },
    _max: { revision: true },
  })
  return new Map(newest.map(({ externalId, _max }) => [externalId, _max.revision]))
}
