import { type Features, type Field, readCaseFields, readTextField } from './features'
import type { Instructions } from './prompt'
import type { PromptCase, PromptExample } from './prompts/told'
import { solveRidge } from './ridge'
import { blendFields, dot, type TermWeights, weighTerms } from './vectors'

export type Classifier = {
  labels: string[]
  emphasis: Instructions['emphasis']
  termWeights: TermWeights
  /** What a term speaks for: one number a label, in the order of `labels`. */
  votes: ReadonlyMap<string, Float64Array>
}
export type Verdict = { label: string; second: string | null }

/** One thing the prompt teaches: where a text lies for each label (above 0: belongs, below: not). */
type Lesson = { fields: Field[]; target: Float64Array }

/** Chosen on the starter project and the banking questions alike, see README.md. */
const PENALTY = 1
/** A description stands for a whole category, an example for one case of it. */
const DESCRIPTION_HEIGHT = 3
const EXAMPLE_HEIGHT = 1
/** How far a bad example pushes cases like it off the label it warns against. */
const DENIAL = 0.1
const EXPLANATION_WEIGHT = 0.5

/**
 * Learns from the prompt alone: each description and each example is a lesson, and a linear model
 * over weighted terms is fitted to all of them at once by kernel ridge regression.
 */
export function trainClassifier(instructions: Instructions): Classifier {
  const labels = listLabels(instructions)
  const examples = [...instructions.goodExamples, ...instructions.badExamples]
  const described = instructions.categories.map((category) => teachCategory(category, labels))
  const lessons = [
    ...described,
    ...examples.flatMap((one) => teachExample(one, labels, instructions.emphasis)),
  ]
  const listed = described.flatMap(({ fields }) => fields.flatMap(({ terms }) => [...terms.keys()]))
  const termWeights = weighTerms(
    lessons.map(({ fields }) => fields),
    new Set(listed),
  )
  const vectors = lessons.map(({ fields }) => blendFields(fields, termWeights))
  const alphas = solveRidge(
    vectors.map((a) => Float64Array.from(vectors, (b) => dot(a, b))),
    balancePenalties(lessons, labels.length),
    lessons.map(({ target }) => target),
  )
  return { labels, emphasis: instructions.emphasis, termWeights, votes: sumVotes(vectors, alphas) }
}

/** The label that the case's terms speak for most; ties go to the earlier category. */
export function classifyCase(classifier: Classifier, one: PromptCase): Verdict {
  const scores = new Float64Array(classifier.labels.length)
  for (const [term, value] of weighCase(classifier, one)) {
    addScaled(scores, classifier.votes.get(term), value)
  }
  const order = classifier.labels
    .map((label, c) => ({ label, score: scores[c] ?? 0 }))
    .sort((a, b) => b.score - a.score)
  return { label: order[0]?.label ?? '', second: order[1]?.label ?? null }
}

/** A case is weighed to be classified, and again to be explained: the second time it is known. */
const weighed = new WeakMap<PromptCase, { by: Classifier; features: Features }>()

export function weighCase(classifier: Classifier, one: PromptCase): Features {
  const known = weighed.get(one)
  if (known?.by === classifier) return known.features
  const features = blendFields(readCaseFields(one, classifier.emphasis), classifier.termWeights)
  weighed.set(one, { by: classifier, features })
  return features
}

/** The listed categories; without a list, the labels that the examples use. */
function listLabels({ categories, goodExamples, badExamples }: Instructions): string[] {
  if (categories.length > 0) return categories.map(({ name }) => name)
  const rights = [...goodExamples, ...badExamples].map(({ right }) => right)
  return [...new Set(rights.filter((right) => right !== null))]
}

function teachCategory(
  { name, description }: Instructions['categories'][number],
  labels: readonly string[],
): Lesson {
  return {
    fields: [readTextField(`${name}\n${name}\n${description}`, 1)],
    target: Float64Array.from(labels, (label) => (label === name ? DESCRIPTION_HEIGHT : 0)),
  }
}

/** Labels that are on no list teach nothing: the prompt does not allow them. */
function teachExample(
  example: PromptExample,
  labels: readonly string[],
  emphasis: Instructions['emphasis'],
): Lesson[] {
  const { right, wrong } = example
  if (!labels.some((label) => label === right || label === wrong)) return []
  const target = Float64Array.from(labels, (label) => {
    if (label === right) return EXAMPLE_HEIGHT
    return label === wrong ? -DENIAL : 0
  })
  const explanation = readTextField(example.explanation, EXPLANATION_WEIGHT)
  return [{ fields: [...readCaseFields(example.case, emphasis), explanation], target }]
}

/**
 * A penalty for each lesson that grows with the number of lessons of its label. Corrections are
 * no sample of the cases: without this, the label that is missed most would swallow the others.
 */
function balancePenalties(lessons: readonly Lesson[], labelCount: number): number[] {
  const labelOf = ({ target }: Lesson) => target.findIndex((height) => height > 0)
  const counts = new Map<number, number>()
  for (const lesson of lessons) {
    counts.set(labelOf(lesson), (counts.get(labelOf(lesson)) ?? 0) + 1)
  }
  const even = lessons.length / labelCount
  return lessons.map((lesson) => (PENALTY * (counts.get(labelOf(lesson)) ?? even)) / even)
}

/** The linear model behind the dual solution: votes of a term, one number a label. */
function sumVotes(
  vectors: readonly Features[],
  alphas: readonly Float64Array[],
): Map<string, Float64Array> {
  const votes = new Map<string, Float64Array>()
  for (const [i, vector] of vectors.entries()) {
    for (const [term, value] of vector) {
      const row = votes.get(term) ?? new Float64Array(alphas[i]?.length ?? 0)
      addScaled(row, alphas[i], value)
      votes.set(term, row)
    }
  }
  return votes
}

function addScaled(sum: Float64Array, row: Float64Array | undefined, factor: number): void {
  row?.forEach((value, c) => {
    sum[c] = (sum[c] ?? 0) + factor * value
  })
}
