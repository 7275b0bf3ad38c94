-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "onlyUnlabelled" BOOLEAN NOT NULL DEFAULT false;
