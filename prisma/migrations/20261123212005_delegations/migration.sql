-- CreateEnum
CREATE TYPE "delegation_state" AS ENUM ('new', 'question', 'accepted', 'in_progress', 'waiting_executive', 'waiting_third', 'delivered', 'done', 'reopened', 'wont_do');

-- CreateEnum
CREATE TYPE "delegation_level" AS ENUM ('do', 'propose', 'ask');

-- CreateEnum
CREATE TYPE "delegation_shelf" AS ENUM ('open', 'closed', 'deleted');

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "threadTs" TEXT;

-- CreateTable
CREATE TABLE "delegations" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "definitionOfDone" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "dueZone" TEXT,
    "level" "delegation_level" NOT NULL,
    "category" TEXT,
    "estimateMinutes" INTEGER,
    "sopUrl" TEXT,
    "sourcePermalink" TEXT,
    "sourceChannelId" TEXT,
    "sourceTs" TEXT,
    "state" "delegation_state" NOT NULL,
    "stateSinceAt" TIMESTAMPTZ(3) NOT NULL,
    "shelf" "delegation_shelf" NOT NULL DEFAULT 'open',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "noticeAt" TIMESTAMPTZ(3),
    "said" TEXT[],

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "delegation_changes" (
    "workspaceId" TEXT NOT NULL,
    "delegationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "fromState" "delegation_state",
    "toState" "delegation_state" NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT,

    CONSTRAINT "delegation_changes_pkey" PRIMARY KEY ("workspaceId","delegationId","position")
);

-- CreateTable
CREATE TABLE "delegation_sequences" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "delegation_sequences_pkey" PRIMARY KEY ("workspaceId","pairId")
);

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_priority_dueAt_number_idx" ON "delegations"("workspaceId", "pairId", "shelf", "priority", "dueAt", "number");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_dueAt_idx" ON "delegations"("workspaceId", "pairId", "shelf", "dueAt");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_closedAt_idx" ON "delegations"("workspaceId", "pairId", "shelf", "closedAt");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_state_stateSinceAt_idx" ON "delegations"("workspaceId", "pairId", "shelf", "state", "stateSinceAt");

-- CreateIndex
CREATE INDEX "delegations_noticeAt_idx" ON "delegations"("noticeAt");

-- CreateIndex
CREATE INDEX "delegations_deletedAt_idx" ON "delegations"("deletedAt");

-- CreateIndex
CREATE UNIQUE INDEX "delegations_workspaceId_pairId_number_key" ON "delegations"("workspaceId", "pairId", "number");

-- AddForeignKey
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_changes" ADD CONSTRAINT "delegation_changes_workspaceId_delegationId_fkey" FOREIGN KEY ("workspaceId", "delegationId") REFERENCES "delegations"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_sequences" ADD CONSTRAINT "delegation_sequences_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
