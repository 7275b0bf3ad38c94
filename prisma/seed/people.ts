import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'

/** The four people of local mode, by the button that signs them in. */
const DEMO_PEOPLE = [
  { email: 'reviewer@closecall.local', name: 'Riley Reviewer', isAdmin: false },
  { email: 'engineer@closecall.local', name: 'Parker Engineer', isAdmin: false },
  { email: 'manager@closecall.local', name: 'Morgan Manager', isAdmin: false },
  { email: 'admin@closecall.local', name: 'Alex Admin', isAdmin: true },
] as const

export type DemoPeople = { reviewerId: string; engineerId: string; managerId: string }

export async function seedPeople(): Promise<DemoPeople> {
  const ids = new Map<string, string>()
  for (const person of DEMO_PEOPLE) {
    const user = await db.user.upsert({
      where: { email: person.email },
      create: { id: newId(), isDemo: true, ...person },
      update: {},
    })
    ids.set(person.email, user.id)
  }
  const idOf = (start: string) => ids.get(`${start}@closecall.local`) ?? ''
  return {
    reviewerId: idOf('reviewer'),
    engineerId: idOf('engineer'),
    managerId: idOf('manager'),
  }
}
