-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "cellId" UUID;

-- CreateTable
CREATE TABLE "Experiment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "pool" "Pool" NOT NULL,
    "caseLimit" INTEGER,
    "repeats" INTEGER NOT NULL DEFAULT 1,
    "grid" JSONB NOT NULL,
    "rule" JSONB NOT NULL,
    "standIn" BOOLEAN NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentCell" (
    "id" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "setupId" UUID NOT NULL,
    "departures" JSONB NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "ExperimentCell_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Experiment_projectId_createdAt_idx" ON "Experiment"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentCell_experimentId_position_key" ON "ExperimentCell"("experimentId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentCell_experimentId_setupId_key" ON "ExperimentCell"("experimentId", "setupId");

-- CreateIndex
CREATE INDEX "Run_cellId_idx" ON "Run"("cellId");

-- CreateIndex
CREATE INDEX "Run_seriesId_idx" ON "Run"("seriesId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_cellId_fkey" FOREIGN KEY ("cellId") REFERENCES "ExperimentCell"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
