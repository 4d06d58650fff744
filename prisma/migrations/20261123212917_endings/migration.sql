-- AlterTable
ALTER TABLE "members" ADD COLUMN     "deactivatedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "pairs" ADD COLUMN     "endedBy" TEXT;
