import { z } from 'zod'
import { message } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { type KnownCase, startHiding } from './outgoing/rules'
import marked from './recall/marked.json'
import { measureRecall } from './recall/rules'
import second from './recall/second.json'
import type {
  ExamplePreview,
  ExamplePreviewInput,
  PreviewInput,
  RedactionPreview,
  RedactionSetting,
  RedactionView,
} from './schema'

/** What is replaced in a project before text leaves for the model, as it is set now. */
export async function getRedaction(
  projectId: string,
  database: Database = db,
): Promise<RedactionSetting> {
  const project = await database.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { redactPersonalData: true, redactFields: true, redactAuthors: true },
  })
  const { redactPersonalData, redactFields, redactAuthors } = project
  return { on: redactPersonalData, fields: redactFields, authors: redactAuthors }
}

/** The setting with the fields there are to choose from, and how much is recognised. */
export async function getRedactionView({ projectId }: Member): Promise<RedactionView> {
  const [setting, cases] = await Promise.all([
    getRedaction(projectId),
    listNewest(projectId, LOOKED_THROUGH),
  ])
  const examples = new Map(setting.fields.map((name) => [name, '']))
  for (const { metadata } of cases) {
    for (const [name, value] of Object.entries(metadata)) {
      if (!examples.get(name)) examples.set(name, value.slice(0, LONGEST_VALUE))
    }
  }
  const fields = [...examples]
    .map(([name, example]) => ({ name, example }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return { setting, fields, recall: tellRecall() }
}

/** Enough to meet every field, and few enough to be read at once, whatever the size of the project. */
const LOOKED_THROUGH = 500
const LONGEST_VALUE = 80
/** The values of so many cases are known in a preview, as a pasted text has no metadata of its own. */
const KNOWN_IN_PREVIEW = 100

/**
 * A pasted text as the model would be sent it; the values of the chosen fields are those of the newest
 * cases.
 */
export async function previewRedaction(
  { projectId }: Member,
  { text, setting }: PreviewInput,
): Promise<RedactionPreview> {
  const known = setting.on ? await listNewest(projectId, KNOWN_IN_PREVIEW) : []
  const { hide, list } = startHiding(setting, known, [text])
  return { text: hide(text), replaced: list() }
}

/**
 * What will be replaced in an example when it is sent, by the setting as it is now and what is known of the
 * example's case. Of cases outside the example pool nothing is known here.
 */
export async function previewExample(
  { projectId }: Member,
  { caseId, text, explanation }: ExamplePreviewInput,
): Promise<ExamplePreview> {
  const setting = await getRedaction(projectId)
  if (!setting.on) return { on: false, replaced: [] }
  const cases = await db.case.findMany({
    where: { id: caseId, projectId, pool: 'example' },
    select: KNOWN,
  })
  const { hide, list } = startHiding(setting, cases.map(toKnown), [text, explanation])
  hide(text)
  hide(explanation)
  return { on: true, replaced: list() }
}

/** Cases with what is known of each, for texts that come from them. */
export async function readKnownCases(
  projectId: string,
  ids: readonly string[],
  database: Database = db,
): Promise<KnownCase[]> {
  const cases = await database.case.findMany({
    where: { projectId, id: { in: [...new Set(ids)] } },
    select: KNOWN,
  })
  return cases.map(toKnown)
}

/** Never of the test pool, whose cases are listed nowhere. */
async function listNewest(projectId: string, n: number): Promise<KnownCase[]> {
  const cases = await db.case.findMany({
    where: { projectId, archivedAt: null, pool: { in: ['example', 'dev'] } },
    orderBy: { id: 'desc' },
    take: n,
    select: KNOWN,
  })
  return cases.map(toKnown)
}

const KNOWN = { subject: true, messages: true, metadata: true } as const

const known = z.object({
  subject: z.string(),
  messages: z.array(message),
  metadata: z.record(z.string(), z.string()),
})

function toKnown(row: unknown): KnownCase {
  const { metadata, ...content } = known.parse(row)
  return { content, metadata }
}

let told: RedactionView['recall'] | null = null

/** Measured with the rules that run here, once. */
function tellRecall(): RedactionView['recall'] {
  told ??= {
    sentences: marked.length + second.length,
    all: measureRecall([...marked, ...second]),
    unseen: measureRecall([
      ...marked.filter(({ unseen }) => unseen),
      ...second.filter(({ half }) => half === 'held_out'),
    ]),
  }
  return told
}
