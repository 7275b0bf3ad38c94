import { actorRoute } from '@/lib/platform/route'
import { listProjects } from '@/lib/projects/data'
import { createProject } from '@/lib/projects/mutations'
import { newProject } from '@/lib/projects/schema'

export const GET = actorRoute({}, ({ actor }) => listProjects(actor))

export const POST = actorRoute({ body: newProject }, ({ actor, body }) =>
  createProject(actor, body),
)
