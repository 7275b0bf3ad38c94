import { BedrockError } from './errors'

/** Checks of a JSON body's shape. `path` is what the error message calls the value. */
export type JsonObject = Record<string, unknown>

export function invalid(message: string): BedrockError {
  return new BedrockError('ValidationException', message)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The request body is not valid JSON.')
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw invalid(`Value at '${path}' must be an object.`)
  return value
}

export function readList(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`Value at '${path}' must be a list.`)
  return value
}

export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw invalid(`Value at '${path}' must be a string.`)
  return value
}

/** A number from `least` to `most`, or null where it is absent. */
export function readNumber(
  value: unknown,
  path: string,
  least: number,
  most: number,
): number | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw invalid(`Value at '${path}' must be a number from ${least} to ${most}.`)
  }
  return value
}
