import { db } from '@/lib/platform/database'
import { closeQueue } from '@/lib/platform/jobs'
import { seedPeople } from './seed/people'
import { seedStarterProject } from './seed/starter-project'

/**
 * The demo people and the starter project. Every step looks at what is there already, so a seed that
 * was killed is taken up where it stopped, and a second one changes nothing.
 */
const people = await seedPeople()
await seedStarterProject(people)
await closeQueue()
await db.$disconnect()
process.exit(0)
