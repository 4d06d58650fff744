-- CreateEnum
CREATE TYPE "decision_state" AS ENUM ('open', 'needs_more', 'answered', 'defaulted', 'expired', 'acted', 'withdrawn');

-- CreateTable
CREATE TABLE "decision_books" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "lastNumber" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "decision_books_pkey" PRIMARY KEY ("workspaceId","pairId")
);

-- CreateTable
CREATE TABLE "decisions" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "options" TEXT[],
    "deadlineAt" TIMESTAMPTZ(3) NOT NULL,
    "defaultChoice" TEXT,
    "urgent" BOOLEAN NOT NULL,
    "needsTalk" BOOLEAN NOT NULL,
    "delegationNumber" INTEGER,
    "checkinId" TEXT,
    "state" "decision_state" NOT NULL DEFAULT 'open',
    "choice" TEXT,
    "missing" TEXT,
    "added" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "shownAt" TIMESTAMPTZ(3),
    "remindedTimes" INTEGER NOT NULL DEFAULT 0,
    "talkedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "waitingSince" TIMESTAMPTZ(3),
    "responseSeconds" INTEGER NOT NULL DEFAULT 0,
    "blockedSeconds" INTEGER NOT NULL DEFAULT 0,
    "eaNewsAt" TIMESTAMPTZ(3),
    "executiveNewsAt" TIMESTAMPTZ(3),
    "nextAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "decision_messages" (
    "workspaceId" TEXT NOT NULL,
    "decisionId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "isRetired" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,

    CONSTRAINT "decision_messages_pkey" PRIMARY KEY ("workspaceId","decisionId","key")
);

-- CreateIndex
CREATE INDEX "decisions_workspaceId_pairId_state_idx" ON "decisions"("workspaceId", "pairId", "state");

-- CreateIndex
CREATE INDEX "decisions_workspaceId_checkinId_idx" ON "decisions"("workspaceId", "checkinId");

-- CreateIndex
CREATE INDEX "decisions_nextAt_idx" ON "decisions"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_workspaceId_pairId_number_key" ON "decisions"("workspaceId", "pairId", "number");

-- CreateIndex
CREATE INDEX "decision_messages_workspaceId_key_idx" ON "decision_messages"("workspaceId", "key");

-- AddForeignKey
ALTER TABLE "decision_books" ADD CONSTRAINT "decision_books_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "decision_books"("workspaceId", "pairId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_messages" ADD CONSTRAINT "decision_messages_workspaceId_decisionId_fkey" FOREIGN KEY ("workspaceId", "decisionId") REFERENCES "decisions"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
