import type { Role } from '@/lib/platform/access'

const WORK: Record<Role, string> = {
  reviewer: 'review',
  prompt_engineer: 'review',
  manager: 'accuracy',
}

/** Where the work of one's role is. */
export const workPath = (project: { slug: string; role: Role }): string =>
  `/projects/${project.slug}/${WORK[project.role]}`
