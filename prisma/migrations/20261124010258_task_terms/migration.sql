-- AlterTable
ALTER TABLE "pairs" ADD COLUMN     "tasks" JSONB;
