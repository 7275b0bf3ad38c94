-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "heldBefore" UUID[] DEFAULT ARRAY[]::UUID[];
