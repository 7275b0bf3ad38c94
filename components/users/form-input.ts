import type { ZodType } from 'zod'

export type Problems = Partial<Record<string, string>>

/** Reads a form by a schema: the input, or the first problem of each field by its name. */
export function readForm<T>(
  form: HTMLFormElement,
  schema: ZodType<T>,
): { input: T; problems: null } | { input: null; problems: Problems } {
  const result = schema.safeParse(Object.fromEntries(new FormData(form)))
  if (result.success) return { input: result.data, problems: null }
  const problems: Problems = {}
  for (const issue of result.error.issues) problems[issue.path.join('.')] ??= issue.message
  return { input: null, problems }
}

/** Takes the person to what has to be mended. */
export function focusFirst(form: HTMLFormElement, problems: Problems): void {
  const first = [...form.elements].find(
    (element) => element instanceof HTMLInputElement && problems[element.name],
  )
  if (first instanceof HTMLInputElement) first.focus()
}
