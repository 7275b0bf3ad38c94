import type { CorrectionKind, CorrectionStatus } from './schema'

/** An example needs a right label, and a bad one something that was wrong. */
export const mayBePromoted = (status: CorrectionStatus): boolean =>
  status === 'open' || status === 'later' || status === 'dismissed' || status === 'promoted'

/** Whether anything is left to do about it. */
export const isUndecided = (status: CorrectionStatus): boolean =>
  status === 'open' || status === 'unsettled'

export const CORRECTION_KINDS: Record<CorrectionKind, string> = {
  label: 'Wrong label',
  close: 'Close calls',
  reason: 'Wrong reason',
}

export const CORRECTION_STATUSES: Record<CorrectionStatus, string> = {
  open: 'To decide',
  unsettled: 'Right label not known yet',
  later: 'Later',
  promoted: 'Promoted',
  dismissed: 'Dismissed',
  overruled: 'Overruled',
}

export const noCounts = (): Record<CorrectionStatus, number> => ({
  open: 0,
  unsettled: 0,
  later: 0,
  promoted: 0,
  dismissed: 0,
  overruled: 0,
})

/** Where a page of the list begins: after this one. */
export type Place = { undecided: boolean; at: Date; reviewId: string }

export const formatPlace = ({ undecided, at, reviewId }: Place): string =>
  `${undecided ? 1 : 0}_${String(at.getTime()).padStart(13, '0')}_${reviewId}`

export function parsePlace(place: string): Place {
  const [undecided, at, reviewId = ''] = place.split('_')
  return { undecided: undecided === '1', at: new Date(Number(at)), reviewId }
}
