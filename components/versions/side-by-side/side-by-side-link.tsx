import Link from 'next/link'
import { Button } from '@/components/ui/button'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionPath } from '@/lib/versions/rules'
import { arrangeSides, sideBySidePath } from '@/lib/versions/side-by-side/rules'

type SideBySideLinkProps = { project: string; chosen: VersionSummary[] }

/** Leads the chosen versions to their trial against one baseline. */
export function SideBySideLink({ project, chosen }: SideBySideLinkProps) {
  const sides = arrangeSides(chosen)
  if (!sides) return null
  const of = sides.of.map(versionPath)
  return (
    <Button asChild size="sm">
      <Link href={sideBySidePath(project, versionPath(sides.base), of)}>
        Try side by side on dev
      </Link>
    </Button>
  )
}
