import type { Answer } from './answer'
import { invalid, isObject, type JsonObject, parseJson, readObject, readText } from './shape'

/** A JSON schema that an answer is held to. */
export type AnswerSchema = JsonObject

/** `outputConfig.textFormat`; null where no schema is given. */
export function readTextFormat(value: unknown): AnswerSchema | null {
  if (value === undefined) return null
  const path = 'outputConfig.textFormat'
  const given = readObject(value, path)
  if (given.type !== 'json_schema') {
    throw invalid(`Value at '${path}.type' must be one of [json_schema].`)
  }
  const structure = readObject(given.structure, `${path}.structure`)
  const { schema } = readObject(structure.jsonSchema, `${path}.structure.jsonSchema`)
  const read = readObject(
    parseJson(readText(schema, `${path}.structure.jsonSchema.schema`)),
    'schema',
  )
  checkClosed(read)
  return read
}

/** As the service asks for it: an object that leaves room for more keys is refused. */
function checkClosed(schema: JsonObject): void {
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    throw invalid(
      "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
    )
  }
  const inner = [...Object.values(readProperties(schema)), schema.items]
  for (const one of inner) if (isObject(one)) checkClosed(one)
}

/**
 * The answers as the schema wants them, its keys in its order: a list of objects is filled with one
 * for each answer, anything else with the first answer. A schema binds the form, not the content: a
 * pack may still miss an item.
 */
export function writeStructured(answers: readonly Answer[], schema: AnswerSchema): string {
  const list = Object.entries(readProperties(schema)).find(([, one]) => one.type === 'array')
  if (!list) return JSON.stringify(fill(schema, answers[0]))
  const [name, { items }] = list
  const filled = answers.map((answer) => fill(isObject(items) ? items : {}, answer))
  return JSON.stringify({ ...fill(schema, answers[0]), [name]: filled })
}

function fill(schema: JsonObject, answer: Answer | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(readProperties(schema)).map(([name, one]) => [
      name,
      chooseValue(name, one, answer),
    ]),
  )
}

function chooseValue(name: string, schema: JsonObject, answer: Answer | undefined): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (/(^|_)id$|Id$/.test(name)) {
    const isNumber = type === 'integer' || type === 'number'
    return isNumber ? Number(answer?.id ?? 0) : (answer?.id ?? '')
  }
  if (Array.isArray(schema.enum)) return chooseListed(answer?.label ?? '', schema.enum)
  if (/expla|reason|rationale/i.test(name)) return answer?.explanation ?? ''
  if (/evidence|quot/i.test(name)) return answer?.evidence ?? ''
  if (/label|classification|category/i.test(name)) return answer?.label ?? ''
  if (type === 'object') return fill(schema, answer)
  if (type === 'array') return []
  if (type === 'boolean') return true
  return type === 'number' || type === 'integer' ? 0 : ''
}

/** The listed value that a label means, however it is spelled there; else the first. */
function chooseListed(label: string, listed: readonly unknown[]): unknown {
  const plain = (value: unknown) =>
    String(value)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  return listed.find((one) => plain(one) === plain(label)) ?? listed[0]
}

function readProperties(schema: JsonObject): Record<string, JsonObject> {
  const properties = isObject(schema.properties) ? schema.properties : {}
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  )
}
