import { db } from '../database'
import { newId } from '../ids'

export type TestSetup = { versionId: string; setupId: string; runId: string }

/** A set-up in force with one finished run: a former release of the project ends. */
export async function releaseSetup(project: { id: string }, number = 1): Promise<TestSetup> {
  const [versionId, setupId, runId] = [newId(), newId(), newId()]
  await db.version.create({
    data: {
      id: versionId,
      projectId: project.id,
      persona: '',
      rules: '',
      answerFormat: {},
      model: {},
    },
  })
  await db.version.update({ where: { id: versionId }, data: { number, frozenAt: new Date() } })
  await db.setup.create({ data: { id: setupId, projectId: project.id, versionId } })
  await db.release.updateMany({
    where: { projectId: project.id, endedAt: null },
    data: { endedAt: new Date() },
  })
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId } })
  await db.run.create({
    data: {
      id: runId,
      projectId: project.id,
      setupId,
      pool: 'example',
      status: 'done',
      content: {},
      contentHash: '',
      modelId: 'test',
      standIn: true,
    },
  })
  return { versionId, setupId, runId }
}

/** What the run said of a case; returns its id. */
export async function createSuggestion(
  runId: string,
  caseId: string,
  said: {
    labelId: string | null
    status?: 'parsed' | 'off_list' | 'failed'
    explanation?: string
    evidence?: string
  },
): Promise<string> {
  const id = newId()
  await db.suggestion.create({
    data: { status: 'parsed', explanation: 'Because.', ...said, id, runId, caseId },
  })
  return id
}
