import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { filesUrl } from '@/lib/versions/files/queries'
import { versionPath } from '@/lib/versions/rules'
import type { VersionName } from '@/lib/versions/schema'

/** The version as readable files in a zip, as it was saved last. */
export function DownloadFiles({ project, version }: { project: string; version: VersionName }) {
  return (
    <Button asChild>
      <a href={filesUrl(project, versionPath(version))} download>
        <Download className="size-4" aria-hidden />
        Download files
      </a>
    </Button>
  )
}
