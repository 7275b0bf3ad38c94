import { managers, promptEngineersAndManagers } from '@/lib/platform/access'

/** Check cases show known answers: reviewers never see which they are. */
export const mayManageChecks = promptEngineersAndManagers

/** Who answers well is between a reviewer and a manager. */
export const maySeePeople = managers

/** A newcomer who can't pass, for want of check cases or otherwise, is let in by a manager. */
export const mayLetIn = managers
