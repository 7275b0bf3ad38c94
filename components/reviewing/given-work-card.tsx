'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { handoutsQuery } from '@/lib/reviews/handouts/queries'
import { GiveForm } from './give-form'
import { GivenRow } from './given-row'

export function GivenWorkCard({ project }: { project: string }) {
  const query = useQuery(handoutsQuery(project))
  return (
    <Card
      title="Given work"
      description="Cases set aside for one person, who gets them before anything else."
    >
      <Loaded query={query}>
        {({ people, handouts }) => (
          <div className="grid gap-5">
            {people.length === 0 ? (
              <Empty title="Nobody to give work to">Add reviewers in the settings first.</Empty>
            ) : (
              <GiveForm project={project} people={people} />
            )}
            {handouts.length > 0 ? (
              <ul aria-label="Given work" className="divide-y divide-line border-line border-t">
                {handouts.map((handout) => (
                  <GivenRow key={handout.id} project={project} handout={handout} />
                ))}
              </ul>
            ) : null}
          </div>
        )}
      </Loaded>
    </Card>
  )
}
