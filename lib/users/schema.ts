import type { Role } from '@/lib/platform/access'

/** A project that one may open, and as what. */
export type OwnProject = { slug: string; name: string; description: string; role: Role }
