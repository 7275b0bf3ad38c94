'use client'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { FreezeButton } from '../freeze-button'
import { hrefOf } from '../version-frame'
import type { Draft } from './use-draft'

export function DraftActions({ project, draft }: { project: string; draft: Draft }) {
  const { shown, keeper } = draft
  return (
    <>
      <Button asChild>
        <Link href={`${hrefOf(project, shown)}/trial`}>Try on dev</Link>
      </Button>
      <FreezeButton
        project={project}
        version={shown}
        prepare={async () => ((await keeper.save()) ? keeper.read().saved.edit : null)}
      />
    </>
  )
}
