-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "updatedById" UUID;
