import { inflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { getAccuracy } from '@/lib/accuracy/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { makeWorkbook } from './data'

const PINNED = { content: {}, contentHash: '' }
const DEV = 'xl/worksheets/sheet1.xml'
const IN_VIEW = 'xl/worksheets/sheet2.xml'

/** Files of a zip archive by name, from its central directory. */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    files.set(name, (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

const readEntities = (xml: string) =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

type CellContent = { text: string } | { formula: string }

/** Cells by address, as a spreadsheet would read them. */
function readSheet(files: Map<string, string>, path: string): Map<string, CellContent> {
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, item = '']) => readEntities(item.replace(/<[^>]+>/g, '')),
  )
  const cells = new Map<string, CellContent>()
  const xml = files.get(path) ?? ''
  for (const [, at = '', attributes = '', inner = ''] of xml.matchAll(
    /<c r="([A-Z]+\d+)"([^>]*)>(.*?)<\/c>/gs,
  )) {
    const formula = /<f>(.*?)<\/f>/s.exec(inner)?.[1]
    const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1] ?? ''
    if (formula !== undefined) cells.set(at, { formula: readEntities(formula) })
    else if (attributes.includes('t="s"')) cells.set(at, { text: shared[Number(value)] ?? '' })
    else throw new Error(`Neither text nor formula at ${at}: ${inner}`)
  }
  return cells
}

/** Just the formulas that a workbook of ours may hold; any other is an error. */
function evaluate(cells: Map<string, CellContent>, formula: string): number {
  const textAt = (at: string) => {
    const cell = cells.get(at)
    return cell && 'text' in cell ? cell.text : ''
  }
  const range = (from: string, to: string) => {
    const [, letter = '', first = ''] = /^([A-Z]+)(\d+)$/.exec(from) ?? []
    const last = Number(to.slice(letter.length))
    expect(to.startsWith(letter)).toBe(true)
    return Array.from(
      { length: last - Number(first) + 1 },
      (_, i) => `${letter}${Number(first) + i}`,
    )
  }
  const values = (from: string, to: string) =>
    range(from, to).flatMap((at) => {
      const cell = cells.get(at)
      return cell && 'formula' in cell ? [evaluate(cells, cell.formula)] : []
    })
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

  let match = /^IF\(AND\((C\d+)<>"",EXACT\(\1,(D\d+)\)\),1,0\)$/.exec(formula)
  if (match) {
    const [, answer = '', label = ''] = match
    return textAt(answer) !== '' && textAt(answer) === textAt(label) ? 1 : 0
  }
  match = /^IF\(AND\((C\d+)<>"",OR\(EXACT\(\1,(D\d+)\),EXACT\(\1,(E\d+)\)\)\),1,0\)$/.exec(formula)
  if (match) {
    const [, answer = '', label = '', second = ''] = match
    return textAt(answer) !== '' && [textAt(label), textAt(second)].includes(textAt(answer)) ? 1 : 0
  }
  match = /^(AVERAGE|COUNT)\((\w+):(\w+)\)$/.exec(formula)
  if (match) {
    const [, name, from = '', to = ''] = match
    const numbers = values(from, to)
    return name === 'COUNT' ? numbers.length : sum(numbers) / numbers.length
  }
  match = /^IF\(COUNTA\((\w+):(\w+)\)=0,0,SUM\((\w+):(\w+)\)\/COUNTA\(\1:\2\)\)$/.exec(formula)
  if (match) {
    const [, from = '', to = '', numbersFrom = '', numbersTo = ''] = match
    const filled = range(from, to).filter((at) => cells.has(at)).length
    return filled === 0 ? 0 : sum(values(numbersFrom, numbersTo)) / filled
  }
  throw new Error(`Not one of our formulas: ${formula}`)
}

function figures(cells: Map<string, CellContent>) {
  return [3, 4, 5, 6].map((row) => {
    const cell = cells.get(`B${row}`)
    return cell && 'formula' in cell ? evaluate(cells, cell.formula) : (cell?.text ?? null)
  })
}

/** Texts of a column below the header. */
function column(cells: Map<string, CellContent>, letter: string): string[] {
  return [...cells].flatMap(([at, cell]) =>
    at.startsWith(letter) && Number(at.slice(1)) > 8 && 'text' in cell ? [cell.text] : [],
  )
}

describe('a workbook', () => {
  let project: TestProject
  let member: Member
  let version: { id: string; setupId: string }

  beforeAll(async () => {
    project = await createProject()
    member = await createMember(project, 'prompt_engineer')
    version = await createVersion(project, { number: 1 })
    // Names that a careless formula would take for the same, or for a formula.
    await db.category.update({
      where: { id: project.categories.Defect },
      data: { name: '=billing' },
    })
    await db.category.update({
      where: { id: project.categories.Education },
      data: { name: '=BILLING' },
    })
    const { Billing, Defect, Education } = project.categories
    const truth = [Billing, Defect, Defect, Education, Education, Billing, Defect]
    const said = [Billing, Defect, Education, Education, null, Defect, Billing]
    const answers: Record<string, string | null> = {}
    for (const [i, label] of truth.entries()) {
      const text = i === 0 ? '=HYPERLINK("http://x")' : `Dev case ${i} <b>&amp;</b>`
      const id = await createCase(project, { pool: 'dev', text, rank: i / 10 })
      answers[id] = said[i] ?? null
      await setFinalLabel(project, id, label, i === 5 ? Defect : null)
    }
    answers[await createCase(project, { pool: 'dev', text: 'Not labelled yet' })] = Billing
    await createFinishedRun(project, version.setupId, { pool: 'dev', ...PINNED, answers })

    const locked = await createCase(project, { pool: 'test', text: 'Locked away' })
    await setFinalLabel(project, locked, Billing)
    await createFinishedRun(project, version.setupId, {
      pool: 'test',
      ...PINNED,
      answers: { [locked]: Billing },
    })
    const examples = [
      { said: Billing, label: Billing, note: '=cmd|calc' },
      { said: Billing, label: Defect, note: '' },
      { said: Defect, label: null, note: 'unsure' },
    ]
    for (const [i, { said: labelId, label, note }] of examples.entries()) {
      const caseId = await createCase(project, { pool: 'example', text: `Example case ${i}` })
      const runId = await createFinishedRun(project, version.setupId, {
        pool: 'example',
        ...PINNED,
        answers: { [caseId]: labelId },
      })
      await answerInView(member, { caseId, runId, labelId: label, note })
    }
  })

  it('computes the figures of the accuracy page out of its own rows', async () => {
    const { bytes, fileName } = await makeWorkbook(member, '1')
    expect(fileName).toBe(`${project.slug}-v1-workbook.xlsx`)
    const [known] = (await getAccuracy(member)).versions
    const files = unzip(bytes)
    expect(figures(readSheet(files, DEV))).toEqual([
      known?.dev?.exact.rate,
      known?.dev?.countingCloseCalls.rate,
      known?.dev?.exactOverValid.rate,
      known?.dev?.exact.n,
    ])
    // By hand: right are the first, second and fourth of seven, the sixth by its second choice.
    expect(figures(readSheet(files, DEV))).toEqual([3 / 7, 4 / 7, 3 / 6, 7])
    const [agreement] = known?.agreement ?? []
    const inView = figures(readSheet(files, IN_VIEW))
    expect([inView[0], inView[3]]).toEqual([agreement?.rate, agreement?.n])
    expect(inView).toEqual([1 / 3, 1 / 3, 1 / 3, 3])
  })

  it('has formulas in the two computed columns of every row and nowhere else', async () => {
    const cells = readSheet(unzip((await makeWorkbook(member, '1')).bytes), DEV)
    const formulas = [...cells].filter(([, cell]) => 'formula' in cell).map(([at]) => at)
    const rows = Array.from({ length: 7 }, (_, i) => i + 9)
    expect(formulas.sort()).toEqual(
      ['B3', 'B4', 'B5', 'B6', ...rows.flatMap((row) => [`H${row}`, `I${row}`])].sort(),
    )
    for (const row of rows) {
      const cell = cells.get(`H${row}`)
      expect(cell && 'formula' in cell && cell.formula).toContain(`C${row},D${row}`)
    }
  })

  it('keeps text that looks like a formula as harmless text', async () => {
    const files = unzip((await makeWorkbook(member, '1')).bytes)
    expect(column(readSheet(files, DEV), 'B')[0]).toBe(`'=HYPERLINK("http://x")`)
    expect(column(readSheet(files, DEV), 'D')).toContain("'=billing")
    expect(column(readSheet(files, IN_VIEW), 'G')).toEqual(["'=cmd|calc", 'unsure'])
  })

  it('holds no test case, no unlabelled one, and says whose figures they are', async () => {
    const everything = [...unzip((await makeWorkbook(member, '1')).bytes).values()].join()
    expect(everything).toContain('Dev case 1')
    expect(everything).not.toContain('Locked away')
    expect(everything).not.toContain('Not labelled yet')
    expect(everything).toContain('Local stand-in, not a language model.')
  })

  it('replaces personal data in subjects and notes where that is asked for', async () => {
    const text = 'Mail ann@x.com'
    const id = await createCase(project, { pool: 'example', text })
    const labelId = project.categories.Billing
    const runId = await createFinishedRun(project, version.setupId, {
      ...{ pool: 'example', ...PINNED, answers: { [id]: labelId } },
    })
    await answerInView(member, { caseId: id, runId, labelId, note: 'ann@x.com asks' })
    const setting = { on: true, fields: [], authors: true }
    const sheet = async (on: boolean) =>
      readSheet(
        unzip((await makeWorkbook(member, '1', undefined, { ...setting, on })).bytes),
        IN_VIEW,
      )
    expect(column(await sheet(true), 'B')).toContain('Mail [EMAIL_1]')
    expect(column(await sheet(true), 'G')).toContain('[EMAIL_1] asks')
    expect(column(await sheet(false), 'B')).toContain(text)
  })

  it('names the way out when there is too much for a workbook', async () => {
    await expect(makeWorkbook(member, '1', 6)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('CSV'),
    })
  })

  it('asks for a run on dev where there is none, and knows no other version', async () => {
    await createVersion(project, { number: 2 })
    await expect(makeWorkbook(member, '2')).rejects.toMatchObject({ code: 'conflict' })
    await expect(makeWorkbook(member, '3')).rejects.toMatchObject({ code: 'not_found' })
    const stranger = await createMember(await createProject(), 'manager')
    await expect(makeWorkbook(stranger, version.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

async function answerInView(
  { projectId, userId }: Member,
  given: { caseId: string; runId: string; labelId: string | null; note: string },
) {
  const { caseId, runId, ...said } = given
  const { id: suggestionId } = await db.suggestion.findFirstOrThrow({ where: { caseId, runId } })
  const assignmentId = newId()
  const known = { projectId, caseId, suggestionId }
  await db.assignment.create({
    data: { ...known, id: assignmentId, slot: 1, mode: 'shown', frame: 'example', rank: 0 },
  })
  await db.review.create({
    data: {
      ...known,
      ...said,
      id: newId(),
      assignmentId,
      purpose: 'ordinary',
      reviewerId: userId,
      answeredAt: new Date(),
    },
  })
}
