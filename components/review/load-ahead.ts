import { loadAvatarMenu } from '@/components/layout/avatar-menu'

/*
 * Dialogs come apart from the page, but must open without a connection too: their code is fetched while
 * the first case is read. Each has one place that imports it, or it would be fetched from two files.
 */
export const loadSkipDialog = () => import('./skip-dialog').then((file) => file.SkipDialog)
export const loadKeysDialog = () => import('./keys-dialog').then((file) => file.KeysDialog)
export const loadSimilarDialog = () => import('./similar-dialog').then((file) => file.SimilarDialog)
export const loadDefinitionsDialog = () =>
  import('./definitions-dialog').then((file) => file.DefinitionsDialog)
export const loadRefusals = () => import('./refusals').then((file) => file.Refusals)

export const loadNothingLeft = () => import('./nothing-left').then((file) => file.NothingLeft)
export const loadTrainingBanner = () =>
  import('./training-banner').then((file) => file.TrainingBanner)

const ALL = [
  loadSkipDialog,
  loadKeysDialog,
  loadSimilarDialog,
  loadDefinitionsDialog,
  loadRefusals,
  loadNothingLeft,
  loadTrainingBanner,
  loadAvatarMenu,
]

/** Behind what the page itself needs. */
const FIRST_CASE_MS = 1_500

/** Until the returned function is called. Answers go on without dialogs: a failure is no concern here. */
export function loadAhead(): () => void {
  const timer = setTimeout(() => void Promise.allSettled(ALL.map((load) => load())), FIRST_CASE_MS)
  return () => clearTimeout(timer)
}
