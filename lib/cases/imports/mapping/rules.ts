import { type LabelCategory, labelMatcher } from '@/lib/cases/imports/labels/rules'
import { guessRoles } from '@/lib/cases/imports/mapping/roles/rules'
import type { ColumnProfile, Mapping, MessagesMapping } from '@/lib/cases/imports/schema'
import { readTime } from '@/lib/cases/imports/times/rules'

/** Names by which columns go, the likeliest first. Compared without case and separators. */
const NAMES = {
  externalId:
    'externalid id caseid ticketid caseno casenumber ticketno ticketnumber ticket number key ref reference uuid issueid requestid',
  subject: 'subject title summary headline topic',
  list: 'messages conversation thread comments turns transcript events posts replies',
  text: 'text body message description question content utterance query comment transcript request',
  time: 'createdat created openedat opened date time timestamp occurredat datetime submittedat',
  link: 'url link href permalink weburl htmlurl',
  label: 'label category rootcause class intent target goldlabel truth groundtruth humanlabel',
  second: 'secondlabel secondchoice secondcategory label2 secondarylabel',
  author: 'author from name user sender login username by speaker',
  role: 'role authorrole type sendertype authortype direction authorassociation speaker from',
} as const

const words = (list: string) => list.split(' ')
const flat = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The first of the likely names that a candidate has. */
function byName<T extends { name: string }>(list: string, candidates: readonly T[]): T | null {
  for (const word of words(list)) {
    const found = candidates.find(({ name }) => flat(name) === word)
    if (found) return found
  }
  return null
}

/**
 * Which column is probably what, by names and by values. Null where no column can hold the text of
 * a case. Every guess is shown and can be changed.
 */
export function guessMapping(
  columns: readonly ColumnProfile[],
  categories: readonly LabelCategory[],
): Mapping | null {
  const messages = guessMessages(columns)
  if (!messages) return null
  const free = (taken: (string | null | undefined)[]) =>
    columns.filter(({ name }) => name !== messages.column && !taken.includes(name))

  const externalId = byName(NAMES.externalId, free([]).filter(couldBeId))?.name ?? null
  const texts = free([externalId]).filter(({ kind }) => kind === 'text')
  const subject = byName(NAMES.subject, texts)?.name ?? null
  const times = free([externalId]).filter(couldBeTime)
  const time = byName(NAMES.time, times)?.name ?? null
  const link = guessLink(free([externalId, subject]))
  const taken = [externalId, subject, time, link]
  const label = guessLabel(free(taken), categories)
  const second = label ? byName(NAMES.second, free([...taken, label.name])) : null
  const rest = free([...taken, label?.name, second?.name])
  return {
    externalId,
    subject,
    messages,
    time,
    link,
    metadata: rest.filter(couldBeMetadata).map(({ name }) => name),
    label: label
      ? {
          column: label.name,
          secondColumn: second?.name ?? null,
          values: matchAll(label, categories),
        }
      : null,
  }
}

/** Filled in every row, hardly ever twice the same. */
function couldBeId({ kind, filled, unique, averageLength }: ColumnProfile): boolean {
  if (kind === 'list' || kind === 'other' || kind === 'empty') return false
  return filled === 1 && unique && averageLength <= 200
}

/** Also seconds or milliseconds since 1970. */
const couldBeTime = ({ kind, samples }: ColumnProfile) =>
  kind === 'time' || (kind === 'number' && samples.every((sample) => readTime(sample) !== null))

const couldBeMetadata = (column: ColumnProfile) =>
  column.kind !== 'list' &&
  column.kind !== 'empty' &&
  column.averageLength <= 300 &&
  // What looks like a label must not stand beside a case that is to be labelled.
  !/label|category|intent|predict|rootcause|groundtruth|gold/.test(flat(column.name))

function guessMessages(columns: readonly ColumnProfile[]): MessagesMapping | null {
  const lists = columns.filter(({ kind, keys }) => kind === 'list' && findTextKey(keys) !== null)
  const list = byName(NAMES.list, lists) ?? lists[0]
  if (list) return guessMessageList(list)
  const texts = columns.filter(({ kind }) => kind === 'text')
  const longest = [...texts].sort((a, b) => b.averageLength - a.averageLength)[0]
  const named = byName(NAMES.text, texts)
  // A name is believed unless another column holds far more text.
  const trusted = named && longest && named.averageLength * 5 >= longest.averageLength
  const column = trusted ? named : longest
  return column ? { kind: 'text', column: column.name } : null
}

const asNames = (keys: readonly string[]) => keys.map((name) => ({ name }))
const findTextKey = (keys: readonly string[]) => byName(NAMES.text, asNames(keys))?.name ?? null

/** How the messages of a list are probably laid out. */
export function guessMessageList(list: ColumnProfile): MessagesMapping {
  const keys = asNames(list.keys)
  const role = byName(NAMES.role, keys)?.name ?? null
  return {
    kind: 'list',
    column: list.name,
    text: findTextKey(list.keys) ?? list.keys[0] ?? 'text',
    author:
      byName(
        NAMES.author,
        keys.filter(({ name }) => name !== role),
      )?.name ?? null,
    role,
    time: byName(NAMES.time, keys)?.name ?? null,
    roles: guessRoles(role ? (list.keyValues[role] ?? []) : []),
  }
}

function guessLink(columns: readonly ColumnProfile[]): string | null {
  const links = columns.filter(({ kind }) => kind === 'link')
  return (byName(NAMES.link, links) ?? links[0])?.name ?? null
}

/** Values tell more than names: a column whose values are the categories holds the labels. */
function guessLabel(
  columns: readonly ColumnProfile[],
  categories: readonly LabelCategory[],
): ColumnProfile | null {
  const match = labelMatcher(categories)
  const few = columns.filter(({ kind, values }) => kind === 'text' && values.length > 0)
  const share = ({ values }: ColumnProfile) =>
    values.filter((value) => match(value)).length / values.length
  const matching = few.filter((column) => share(column) >= 0.5)
  return byName(NAMES.label, matching) ?? matching[0] ?? byName(NAMES.label, few)
}

/** Category by value, for those values that are a category's name or key. */
function matchAll(
  column: ColumnProfile,
  categories: readonly LabelCategory[],
): Record<string, string> {
  const match = labelMatcher(categories)
  const pairs = column.values.map((value) => [value, match(value)] as const)
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== null))
}

/** The columns kept beside a case. Never its label: reviewers see them before they answer. */
export const listMetadata = ({ metadata, label }: Mapping): string[] =>
  metadata.filter((column) => column !== label?.column && column !== label?.secondColumn)
