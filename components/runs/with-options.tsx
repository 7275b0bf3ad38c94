'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { runOptionsQuery } from '@/lib/runs/queries'
import type { RunOptions } from '@/lib/runs/schema'

type WithOptionsProps = {
  project: string
  /** Said when there is no version. */
  none: string
  children: (options: RunOptions) => ReactNode
}

/** The form of a new run or experiment, once it is known what there is to choose; it takes a version at least. */
export function WithOptions({ project, none, children }: WithOptionsProps) {
  const query = useQuery(runOptionsQuery(project))
  return (
    <Loaded query={query}>
      {(options) =>
        options.versions.length === 0 ? (
          <Empty
            title={none}
            action={
              <Button variant="primary" asChild>
                <Link href={`/projects/${project}/versions`}>Write the first version</Link>
              </Button>
            }
          >
            A version says which categories there are and how the model is asked.
          </Empty>
        ) : (
          children(options)
        )
      }
    </Loaded>
  )
}
