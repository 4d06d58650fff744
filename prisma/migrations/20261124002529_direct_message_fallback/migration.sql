-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "forBoth" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "meantFor" TEXT;

-- AlterTable
ALTER TABLE "members" ADD COLUMN     "dmRefusedAt" TIMESTAMPTZ(3);
