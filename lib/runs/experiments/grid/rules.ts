import { abilitiesOf } from '@/lib/versions/models/rules'
import { estimateTokens, mostInPack, renderFixedPart } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import {
  countFixedExamples,
  depart,
  identifySetup,
  keepDiffering,
  type SetupIdentity,
} from '@/lib/versions/setups/rules'
import type { Departures } from '@/lib/versions/setups/schema'
import { findBatchObstacle } from '../../batches/rules'
import { prepareRequests } from '../../calls/rules'
import { findWindow } from '../../models/rules'
import { nameCell } from '../rules'
import type { Facts, Grid } from '../schema'

export type GridVersion = {
  id: string
  number: number | null
  note: string
  content: PromptContent
}

/** One set-up of the grid. */
export type GridCell = {
  version: GridVersion
  departures: Departures
  identity: SetupIdentity
  /** What it sends: the version's content with the departures written into it. */
  content: PromptContent
  facts: Facts
}

/** What batch jobs ask for. */
export type BatchTerms = {
  isSetUp: boolean
  /** Records that a job has at least. */
  least: number
  /** Cases of each set-up. */
  cases: number
}

export type LaidOut = {
  cells: GridCell[]
  leftOut: { name: string; reason: string }[]
  merged: number
}

/** Every crossing once, in the order of the versions; what makes no sense is left out with the reason. */
export function layOut(grid: Grid, versions: readonly GridVersion[], batch: BatchTerms): LaidOut {
  const cells = new Map<string, GridCell>()
  const leftOut = new Map<string, string>()
  let merged = 0
  for (const version of versions) {
    for (const wanted of crossFactors(grid)) {
      const reason = findNonsense(version.content, wanted, batch)
      const departures = keepDiffering(version.content, wanted)
      if (reason !== null) {
        leftOut.set(nameCell({ version, departures: wanted }), reason)
        continue
      }
      const identity = identifySetup(version.id, version.content, wanted)
      const key = JSON.stringify(identity)
      if (cells.has(key)) merged += 1
      else {
        const content = depart(version.content, departures)
        const facts = readFacts(content, departures)
        cells.set(key, { version, departures, identity, content, facts })
      }
    }
  }
  return {
    cells: [...cells.values()],
    leftOut: [...leftOut].map(([name, reason]) => ({ name, reason })),
    merged,
  }
}

/** Crossings, before any is left out or merged: each is rendered to see what it comes to. */
const MOST_CROSSINGS = 512

/** Why so much can't even be looked at, as a sentence; null where it can. */
export function findTooManyCrossings({ versionIds, ...factors }: Grid): string | null {
  const all: readonly (readonly (string | number | null)[])[] = [
    versionIds,
    ...Object.values(factors),
  ]
  const lengths = all.map((values) => new Set(values).size)
  const crossings = lengths.reduce((product, length) => product * length, 1)
  if (crossings <= MOST_CROSSINGS) return null
  return `These values have ${crossings.toLocaleString('en-US')} crossings, and ${MOST_CROSSINGS} at most are looked at. Choose fewer values; the ones that matter can be crossed in a second experiment.`
}

/** All combinations of the factors' values. */
function crossFactors({ versionIds: _, ...factors }: Grid): Departures[] {
  let crossed: Departures[] = [{}]
  const all: [string, readonly (string | number | null)[]][] = Object.entries(factors)
  for (const [factor, values] of all) {
    crossed = crossed.flatMap((so) =>
      [...new Set(values)].map((value) => (value === null ? so : { ...so, [factor]: value })),
    )
  }
  return crossed
}

/** Why a crossing makes no sense, as a sentence; null where it does. */
function findNonsense(
  version: PromptContent,
  wanted: Departures,
  batch: BatchTerms,
): string | null {
  const content = depart(version, wanted)
  const { modelId, maxTokens } = content.model
  const abilities = abilitiesOf(modelId)
  if (wanted.answers === 'schema' && !abilities.schema) {
    return `${modelId} can’t be held to a schema: it would answer as it does in XML.`
  }
  if (wanted.temperature !== undefined && !abilities.temperature) {
    return `${modelId} takes no temperature.`
  }
  if (wanted.mode === 'batch') {
    const obstacle = findBatchObstacle(modelId, batch.isSetUp)
    if (obstacle) return obstacle
    const calls = Math.ceil(batch.cases / mostInPack(content))
    if (calls < batch.least) {
      return `A batch job has at least ${batch.least} calls, and these are ${calls}: they would be made on demand.`
    }
  }
  const examples = countFixedExamples(version)
  if (wanted.fixedExamples !== undefined && wanted.fixedExamples > examples) {
    if (examples === 0) return 'It has no examples in use.'
    return `It has only ${examples} ${examples === 1 ? 'example' : 'examples'} in use.`
  }
  if (wanted.packSize !== undefined && mostInPack(content) < wanted.packSize) {
    return `${modelId} answers with ${Math.min(maxTokens, abilities.longestAnswer).toLocaleString('en-US')} tokens at most: ${mostInPack(content)} cases to a call.`
  }
  return findNoRoom(content)
}

function findNoRoom(content: PromptContent): string | null {
  try {
    prepareRequests(content, findWindow(content.model.modelId))
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

function readFacts(content: PromptContent, { mode = 'on_demand' }: Departures): Facts {
  const { model, answerFormat, similarExamples, packSize } = content
  return {
    ...{ modelId: model.modelId, temperature: model.temperature },
    ...{ fixedExamples: countFixedExamples(content), similarExamples, packSize },
    ...{ answers: answerFormat.kind, sample: answerFormat.sample, mode },
    promptTokens: estimateTokens(renderFixedPart(content)),
  }
}
