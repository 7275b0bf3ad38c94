import { promptEngineersAndManagers } from '@/lib/platform/access'

/** Who may upload, look into and run imports: a file holds cases and labels of every pool. */
export const mayImport = promptEngineersAndManagers
