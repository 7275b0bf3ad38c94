import { toast } from 'sonner'
import { errorMessage } from './error-message'

/** The one way in which a failed action is shown; for `onError` of mutations. */
export function showError(error: unknown): void {
  toast.error(errorMessage(error))
}
