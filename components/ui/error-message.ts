import { AppError } from '@/lib/platform/errors'

/** What to tell the person about anything that was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof AppError) return error.message
  return 'Something unexpected happened. Nothing was changed by it: please reload and try again.'
}
