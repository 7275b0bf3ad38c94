'use client'
import { useQuery } from '@tanstack/react-query'
import { toast } from 'sonner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { ROLE_NAMES, ROLES, type Role } from '@/lib/platform/access'
import {
  membersQuery,
  useAddMember,
  useChangeMember,
  useRemoveMember,
} from '@/lib/projects/members/queries'
import type { MemberView } from '@/lib/projects/members/schema'
import { AddMemberForm } from './add-member-form'

export function MembersCard({ project }: { project: string }) {
  const members = useQuery(membersQuery(project))
  return (
    <Card title="People" description="A person who is removed is out at once.">
      <div className="grid gap-4">
        <Loaded query={members}>
          {(list) => (
            <ul className="divide-y divide-line">
              {list.map((member) => (
                <MemberRow key={member.userId} project={project} member={member} />
              ))}
            </ul>
          )}
        </Loaded>
        <AddMemberForm project={project} />
      </div>
    </Card>
  )
}

function MemberRow({ project, member }: { project: string; member: MemberView }) {
  const change = useChangeMember(project)
  const remove = useRemoveMember(project)
  const addBack = useAddMember(project)

  function undo() {
    const { email, name, role } = member
    addBack.mutate({ email, name, role }, { onError: showError })
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <div className="flex items-center gap-2 font-medium">
          <span className="truncate">{member.name}</span>
          {member.invited ? <Badge>Invited</Badge> : null}
        </div>
        <div className="truncate text-[13px] text-muted">{member.email}</div>
      </div>
      <Select
        aria-label={`Role of ${member.name}`}
        className="w-44"
        value={member.role}
        disabled={change.isPending}
        onChange={(event) => {
          const role = event.target.value as Role
          change.mutate({ userId: member.userId, role }, { onError: showError })
        }}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {ROLE_NAMES[role]}
          </option>
        ))}
      </Select>
      <Button
        size="sm"
        variant="ghost"
        busy={remove.isPending}
        aria-label={`Remove ${member.name}`}
        onClick={() =>
          remove.mutate(member.userId, {
            onError: showError,
            onSuccess: () =>
              toast(`${member.name} was removed`, { action: { label: 'Undo', onClick: undo } }),
          })
        }
      >
        Remove
      </Button>
    </li>
  )
}
