-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "notAfter" TIMESTAMPTZ(3);
